#!/usr/bin/env node
'use strict';
// Starts the program. Compiling it takes longer than running it, so what V8 compiled is kept in the user's cache folder from
// the first run on. Without a folder that can be used and trusted, the program is compiled every time.
const path = require('node:path');
const { codeFolder } = require('./code-folder.cjs');
const { loadKeeping } = require('./code-cache.cjs');

const folder = codeFolder();
if (folder === undefined) require(path.join(__dirname, 'cli.js'));
else loadKeeping('cli.js', folder);
