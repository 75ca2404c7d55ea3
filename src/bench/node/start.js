// Runs bundle.js with V8's code cache, as Node 22's compile cache would: Node 20 has none.
//   TRAIN=1  writes the cache at SIGTERM, when the functions that a command needs are compiled
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const bundle = path.join(__dirname, 'bundle.js');
const cache = path.join(__dirname, 'bundle.cache');
const cachedData = fs.existsSync(cache) ? fs.readFileSync(cache) : undefined;
const script = new vm.Script(Module.wrap(fs.readFileSync(bundle, 'utf8')), {
  filename: bundle,
  cachedData,
});
if (script.cachedDataRejected) {
  console.warn('the code cache does not fit this bundle or this Node');
}
if (process.env.TRAIN) {
  process.on('SIGTERM', () => {
    fs.writeFileSync(cache, script.createCachedData());
    process.exit(0);
  });
}
script.runInThisContext()(module.exports, require, module, bundle, __dirname);
