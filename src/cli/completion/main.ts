import fs from 'node:fs';
import path from 'node:path';
import type { CompletionTable } from './table';
import { offersFor, printedOffers } from './words';

// Started by the scripts of shells at a key press: `pachkit completion words -- WORD…`. The rest of the program is not loaded.
const table = JSON.parse(fs.readFileSync(path.join(__dirname, 'completion.json'), 'utf8')) as CompletionTable;
const words = process.argv.slice(process.argv.indexOf('--') + 1);
fs.writeSync(1, printedOffers(offersFor(table, words)));
