import fs from 'node:fs';
import path from 'node:path';
import { checkFiles } from '../pipeline/check-files';
import { writeCdktfApp } from '../terraform/cdktf-app';
import { reportFindings } from './app-findings';
import { documentInput, processHost } from './host';

/** The document that is read when PACHKIT_DOCUMENT names none. */
const DEFAULT_DOCUMENT = path.join('examples', 'production-auth0', 'pachyderm.yaml');

/** Where the stacks go when the cdktf CLI does not say; as in cdktf.json. */
const DEFAULT_OUTDIR = path.join('dist', 'cdktf');

/** The application behind cdktf.json: one stack for each cluster of the document. No secret is read for it. */
function main(): void {
  const host = processHost();
  const { environment } = host;
  const { documents, diagnostics } = checkFiles(
    [environment['PACHKIT_DOCUMENT'] ?? DEFAULT_DOCUMENT],
    documentInput(host),
  );
  if (!reportFindings(host, diagnostics)) return;
  const outdir = environment['CDKTF_OUTDIR'] ?? DEFAULT_OUTDIR;
  fs.mkdirSync(outdir, { recursive: true });
  writeCdktfApp(
    documents.flatMap(({ cluster }) => (cluster ? [cluster] : [])),
    outdir,
  );
}

main();
