import type { EngineContext } from '../context.ts';

/** An engine's context without limits, which names itself as the whole. */
export function withWhole(parts: Omit<EngineContext, 'whole'>): EngineContext {
  const context: Omit<EngineContext, 'whole'> & { whole?: EngineContext } = { ...parts };
  context.whole = context as EngineContext; // complete with this very line
  return context.whole;
}
