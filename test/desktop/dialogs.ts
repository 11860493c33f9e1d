import type { ElectronApplication } from '@playwright/test';

/** Answers the next message boxes by the labels of their buttons; answers how to ask what they said. */
export async function answerDialogs(app: ElectronApplication, buttons: readonly string[]): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog }, wanted) => {
    const said: string[] = [];
    const left = [...wanted];
    Object.assign(globalThis, { said });
    // called with or without a window before the options
    dialog.showMessageBox = async (...given: unknown[]) => {
      const options = given.at(-1) as { message: string; detail?: string; buttons: string[] };
      said.push(`${options.message} | ${options.detail ?? ''} | ${options.buttons.join(', ')}`);
      return { response: options.buttons.indexOf(left.shift() ?? ''), checkboxChecked: false };
    };
  }, buttons);
  return () => app.evaluate(() => Reflect.get(globalThis, 'said') as string[]);
}
