#!/usr/bin/env node
'use strict';
// Starts the program. Compiling it takes longer than running it, so what V8 compiled is kept in the user's cache folder from
// the first run on. Without a folder that can be used and trusted, the program is compiled every time.
const { codeFolder } = require('./code-folder.cjs');
const { loadProgram } = require('./code-cache.cjs');

loadProgram('cli.js', codeFolder());
