type Rewrite = (text: string) => string;

const trimmed: Rewrite = (text) => text.trim();

/** `30 days`, `1 h 30 min` */
const shortDuration: Rewrite = (text) =>
  text
    .replace(/[\s,]+/g, ' ')
    .replace(/ ?([dhms])(?:ays?|ours?|rs?|in(?:ute)?s?|ec(?:ond)?s?)?\b ?/gi, '$1')
    .toLowerCase();

/** `30d`, where days are not a unit */
const hoursOfDays: Rewrite = (text) => {
  const [, days, hours = '0', rest = ''] = /^(\d{1,6})d(?:(\d{1,6})h)?((?:\d{1,6}[ms])*)$/.exec(text) ?? [];
  return days === undefined ? text : `${Number(days) * 24 + Number(hours)}h${rest}`;
};

/** `2 weeks`, `1y`, which are no units */
const daysOfLonger: Rewrite = (text) => {
  const [, amount, unit = ''] = /^(\d{1,4}) ?(w|wks?|weeks?|y|yrs?|years?)$/i.exec(text.trim()) ?? [];
  return amount === undefined ? text : `${Number(amount) * (/^w/i.test(unit) ? 7 : 365)}d`;
};

/** `https://pach-enterprise:31650`, `pach-enterprise:31650` */
const grpcAddress: Rewrite = (text) => {
  const [, secure, address] = /^(?:http(s?):\/\/)?([A-Za-z0-9.-]+(?::\d+)?)\/?$/.exec(text) ?? [];
  if (address === undefined) return text;
  return `grpc${secure === 's' || address.endsWith(':443') ? 's' : ''}://${address}`;
};

/** `spec/replicas` */
const fromRoot: Rewrite = (text) => (/^[\w-]+(\/[\w.~-]+)+$/.test(text) ? `/${text}` : text);

/** `/clusters/prod/`, where a path begins without a slash */
const withoutOuterSlashes: Rewrite = (text) => text.replace(/^\/|\/$/g, '');

/** `10 GB`, `512MiB`, `1 core` */
const kubernetesQuantity: Rewrite = (text) => {
  const [, amount, factor = '', binary = ''] =
    /^(\d{1,15}(?:\.\d{1,15})?) ?(?:([kmgtpe])(i?)(?:b|bytes?)?|b|bytes?|v?cpus?|cores?)$/i.exec(text) ?? [];
  if (amount === undefined) return text;
  const prefix = binary === '' && factor.toLowerCase() === 'k' ? 'k' : factor.toUpperCase();
  return `${amount}${prefix}${binary.toLowerCase()}`;
};

/** `https://registry.acme.com/`, where no scheme belongs */
const withoutScheme: Rewrite = (text) => text.replace(/^[a-z][a-z\d]{0,9}:\/\//i, '').replace(/\/$/, '');

/** `git@github.com:acme/infra.git`, where a URL belongs */
const sshUrl: Rewrite = (text) => text.replace(/^([\w.-]{1,64})@([\w.-]{1,253}):(?!\/)/, 'ssh://$1@$2/');

/** `s3://my-bucket/prefix`, `my-bucket/prefix`, where no path belongs. What has colons before the path is a name of another cloud. */
const withoutPath: Rewrite = (text) =>
  /^(?:arn:|projects\/|\/)/.test(text) ? text : (withoutScheme(text).split(/[/?#]/, 1)[0] ?? '');

/** `https://acme.blob.core.windows.net`, where the account alone belongs */
const accountOfAzure: Rewrite = (text) => withoutPath(text).replace(/\.(blob|dfs)\.core\..*$/, '');

/** `pachyderm/pachyderm-tls`, where the namespace is that of the cluster */
const withoutNamespace: Rewrite = (text) => text.replace(/^[a-z0-9.-]+\//, '');

/** `My_Cluster` */
const dnsLabel: Rewrite = (text) =>
  /^[\w .-]+$/.test(text)
    ? text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '')
    : text;

/** `argocd.acme.com`, where a URL belongs */
const withScheme: Rewrite = (text) =>
  /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d{1,5})?(\/[^\s?#]*)?$/i.test(text) ? `https://${text}` : text;

/** What people write in another way than a field takes it. */
const REWRITES: readonly Rewrite[] = [
  trimmed,
  shortDuration,
  (text) => hoursOfDays(shortDuration(text)),
  daysOfLonger,
  (text) => hoursOfDays(daysOfLonger(text)),
  (text) => kubernetesQuantity(trimmed(text)),
  (text) => withoutScheme(trimmed(text)),
  (text) => withoutPath(trimmed(text)),
  (text) => accountOfAzure(trimmed(text)),
  (text) => grpcAddress(trimmed(text)),
  fromRoot,
  withoutOuterSlashes,
  withScheme,
  sshUrl,
];

/** What was meant by a string that does not have the form of its field, in that form; undefined when it cannot be told. */
export function rewritten(text: string, schema: Readonly<Record<string, unknown>>): string | undefined {
  // What takes any sign, such as the id of a client, was given by someone else: with other signs it is another one.
  const rewrites = fits('A!', schema) ? REWRITES : [...REWRITES, dnsLabel];
  const isOfObject = String(schema['x-expected']).startsWith('the name of a Kubernetes object');
  return [...(isOfObject ? [withoutNamespace] : []), ...rewrites]
    .map((rewrite) => rewrite(text))
    .find((written) => written !== '' && fits(written, schema));
}

/** Whether a string has the form that the schema asks for. */
export function fits(
  text: string,
  { pattern = '', maxLength = Infinity }: Readonly<Record<string, unknown>>,
): boolean {
  return new RegExp(String(pattern), 'u').test(text) && text.length <= Number(maxLength);
}
