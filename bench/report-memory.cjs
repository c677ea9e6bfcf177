'use strict';
// node --require report-memory.cjs …: writes the peak memory of the process, in kilobytes, to the file in BENCH_MEMORY.
const fs = require('node:fs');
process.on('exit', () => {
  if (process.env.BENCH_MEMORY)
    fs.writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS));
});
