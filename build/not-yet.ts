// npm run server, npm run sim: commands of the central store, which this version does not have.
console.log('The central store is not part of this version: Satchel keeps everything on this machine.');
process.exitCode = 1;
