'use strict';
// node --require report-usage.cjs …: writes what the process has used, as process.resourceUsage() has it, to the file in BENCH_USAGE.
const fs = require('node:fs');
process.on('exit', () => {
  if (process.env.BENCH_USAGE)
    fs.writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage()));
});
