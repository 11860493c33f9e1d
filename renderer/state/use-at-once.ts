import { useState } from 'react';

/**
 * What a person has chosen is shown at once; the engine's answer follows. `choose` shows a value until the engine has it too;
 * a refusal (`refused`) shows what the engine has. Values are compared as text: give plain data.
 */
export function useAtOnce<T>(stored: T, refused: boolean): readonly [shown: T, choose: (value: T) => void] {
  const [own, setOwn] = useState<{ readonly value: T }>();
  const isOver = own !== undefined && (refused || JSON.stringify(own.value) === JSON.stringify(stored));
  // while rendering, as React advises for state that follows other state
  if (isOver) setOwn(undefined);
  return [own === undefined || isOver ? stored : own.value, (value) => setOwn({ value })];
}
