// Loaded into Electron's main process before the application: presses the buttons that ANSWERS names in message boxes, which
// may come before Playwright can reach the process. What the boxes said is kept in `said`.
const { dialog } = require('electron');

const left = JSON.parse(process.env.ANSWERS ?? '[]');
globalThis.said = [];
dialog.showMessageBox = async (...given) => {
  const { message, detail, buttons } = given.at(-1);
  globalThis.said.push(`${message} | ${detail ?? ''} | ${buttons.join(', ')}`);
  return { response: buttons.indexOf(left.shift() ?? ''), checkboxChecked: false };
};
dialog.showErrorBox = (title, content) => globalThis.said.push(`${title} | ${content}`);
