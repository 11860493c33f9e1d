import { useEffect } from 'react';
import { create } from 'zustand';
import type { CadenceKind } from '#shared/domain/cadence/rhythm.ts';

/** The engagement that a person is looking at, for what starts from it (Ctrl+L logs a touchpoint on it). */
type Current = {
  readonly engagement:
    | {
        readonly id: string;
        readonly title: string;
        /** The contact that is asked for here. */
        readonly contact?: CadenceKind | undefined;
      }
    | undefined;
};

export const useCurrentEngagement = create<Current>()(() => ({ engagement: undefined }));

/** Says that the calling screen shows this engagement. */
export function useShowsEngagement(id: string | undefined, title: string | undefined, contact?: CadenceKind): void {
  useEffect(() => {
    if (id === undefined || title === undefined) return undefined;
    useCurrentEngagement.setState({ engagement: { id, title, contact } });
    return () => useCurrentEngagement.setState(({ engagement }) => (engagement?.id === id ? { engagement: undefined } : { engagement }));
  }, [id, title, contact]);
}
