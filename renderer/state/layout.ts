import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ColumnLayout } from '../ui/data-list/types.ts';
import type { Density } from '../ui/density.ts';

type Layout = {
  readonly density: Density;
  readonly railClosed: boolean;
  /** The portfolio without its figures: more rows. */
  readonly figuresClosed: boolean;
  /** Keys without Ctrl or Alt (WCAG 2.1.4: they can be switched off). */
  readonly singleKeys: boolean;
  readonly peekWidth: number;
  /** Columns of a list by the list's name. */
  readonly columns: Readonly<Record<string, ColumnLayout>>;
  readonly setDensity: (density: Density) => void;
  readonly setRailClosed: (closed: boolean) => void;
  readonly setFiguresClosed: (closed: boolean) => void;
  readonly setSingleKeys: (on: boolean) => void;
  readonly setPeekWidth: (width: number) => void;
  readonly setColumns: (list: string, layout: ColumnLayout | undefined) => void;
};

/** How a person has arranged the application on this device. */
export const useLayout = create<Layout>()(
  persist(
    (set) => ({
      density: 'comfortable',
      railClosed: false,
      figuresClosed: false,
      singleKeys: true,
      peekWidth: 360,
      columns: {},
      setDensity: (density) => set({ density }),
      setRailClosed: (railClosed) => set({ railClosed }),
      setFiguresClosed: (figuresClosed) => set({ figuresClosed }),
      setSingleKeys: (singleKeys) => set({ singleKeys }),
      setPeekWidth: (peekWidth) => set({ peekWidth: Math.max(280, Math.min(640, Math.round(peekWidth))) }),
      setColumns: (list, layout) =>
        set(({ columns }) => {
          const { [list]: _before, ...others } = columns;
          return { columns: layout === undefined ? others : { ...others, [list]: layout } };
        }),
    }),
    { name: 'satchel.layout', version: 1 },
  ),
);

const NO_LAYOUT: ColumnLayout = {};

/** One list's columns as the person has set them. */
export function useColumnLayout(list: string): ColumnLayout {
  return useLayout((layout) => layout.columns[list]) ?? NO_LAYOUT;
}
