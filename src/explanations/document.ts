import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about reading documents. */
export const documentExplanations: readonly Explanation[] = [
  {
    code: 'DOC001',
    title: 'File that cannot be read',
    reason: 'The file does not exist, is a folder, or may not be read by the user that runs pachkit.',
    remedy:
      'Check the path, which is relative to the folder pachkit runs in; paths in extends are relative to the document that names them.',
  },
  {
    code: 'DOC002',
    title: 'YAML that is not well-formed',
    reason:
      'The text is not YAML, so nothing can be said about what it means. Most often an indentation is off by one, a quote or bracket is open, or a value contains ": " or begins with one of * & ! { [ % @.',
    remedy:
      'Go to the line that is named, or the one before it. Put values that contain special characters in quotes.',
  },
  {
    code: 'DOC003',
    title: 'Tab in the indentation',
    reason: 'YAML does not allow tabs before a key, because editors do not agree on their width.',
    remedy: 'Replace the tabs by spaces, two for each level. Most editors do it for the whole file.',
  },
  {
    code: 'DOC004',
    title: 'Duplicate key',
    reason:
      'A mapping has the same key more than once. Parsers silently take one of the two, and not all take the same: a restriction that is written once may be overruled by an older copy of the line. Of values for Helm the last is what counts, and what the others say is lost.',
    remedy: 'Keep one of the two.',
  },
  {
    code: 'DOC005',
    title: 'Key that is not a word',
    reason:
      'The key of a mapping is missing, or is itself a list or a mapping, which JSON, and so Kubernetes and pachd, cannot express; or << merges something that is not a mapping.',
    remedy:
      'Check the indentation. Quote keys that begin with [ or {. Behind << stands an alias of a mapping.',
  },
  {
    code: 'DOC006',
    title: 'YAML tag',
    reason:
      'Tags such as !secret or !!binary mean something only to the program they were made for. pachkit knows none of them, and passing the text on would send the wrong value to the cluster.',
    remedy:
      'Remove the tag. Secrets are written as { env: NAME }, { file: PATH }, { existing: { name, key } } or { generate: {} }.',
  },
  {
    code: 'DOC007',
    title: 'Document that is too large',
    reason:
      'The file has more than 2 MiB, or is nested more than 100 levels deep, or its aliases expand to more than 200000 values, or to themselves. A document for a cluster has a few kilobytes and about ten levels; something else was named, or the file is built to exhaust memory.',
    remedy: 'Name the right file. Replace aliases of lists of aliases by what they stand for.',
  },
  {
    code: 'DOC008',
    title: 'File that is not text',
    reason: 'The file is not UTF-8, or holds zero bytes: it is binary, or was saved in another encoding.',
    remedy:
      'Save it as UTF-8; iconv -f UTF-16 -t UTF-8 FILE > NEW makes it of UTF-16, which Windows PowerShell writes.',
  },
  {
    code: 'DOC009',
    title: 'TypeScript document that does not yield a cluster',
    reason:
      'The program does not compile, throws, has no default export, or exports something that a document cannot hold, such as a function.',
    remedy:
      'End it with export default defineCluster({ … }), and use strings, numbers, booleans, lists and plain objects.',
  },
  {
    code: 'DOC010',
    title: 'Empty file',
    reason: 'The file holds no document, only blank lines or comments.',
    remedy: 'Write one. pachkit init my-cluster writes one that works as it is.',
  },
  {
    code: 'DOC011',
    title: 'extends that leads nowhere',
    reason:
      'extends is not a path, names a file with several documents, leads back to the document itself, or leads through more than 20 levels or 1000 files.',
    remedy: 'Name a file with one document that does not extend this one.',
  },
  {
    code: 'DOC013',
    title: 'Program as a base of YAML or JSON',
    reason:
      'A program runs with your rights when it is read. Documents in YAML and JSON are data: they can be checked no matter who wrote them, in a pull request for one, so they cannot name a program as their base.',
    remedy:
      'Write the base in YAML or JSON, or the extending document in TypeScript, which may extend programs.',
  },
];
