/** A function of an object that works once for each, however often it is asked, and forgets what it found with the object. */
export function oncePer<Subject extends object, Result>(
  work: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const results = new WeakMap<Subject, { readonly result: Result }>();
  return (subject) => {
    let known = results.get(subject);
    if (known === undefined) results.set(subject, (known = { result: work(subject) }));
    return known.result;
  };
}
