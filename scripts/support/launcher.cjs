#!/usr/bin/env node
'use strict';
// Starts the program. Compiling it takes longer than running it, so what V8 compiled is kept in the user's cache folder from
// the first run on. Without a folder that can be used and trusted, the program is compiled every time.
const { codeFolder } = require('./code-folder.cjs');
const { loadProgram } = require('./code-cache.cjs');

// What a shell asks at a key press has a program of its own, which is not worth keeping.
const isCompletion = process.argv[2] === 'completion' && process.argv[3] === 'words';
if (isCompletion) loadProgram('complete.js');
else loadProgram('cli.js', codeFolder());
