import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ActivityKind } from '#shared/domain/activity/activity-kinds.ts';
import type { Audience } from '#shared/domain/activity/journal-audience.ts';
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
  /** What the panel beside a record shows; undefined: it is folded away. */
  readonly panel: string | undefined;
  readonly panelWidth: number;
  /** What the stream of a record is narrowed to. */
  readonly streamOnly: readonly ActivityKind[];
  /** Kinds of events that the customer timeline leaves out. */
  readonly timelineHidden: readonly string[];
  readonly setTimelineHidden: (keys: readonly string[]) => void;
  /** Whom what is written beside a record is for, until it is chosen otherwise. */
  readonly composeFor: Audience;
  /** Columns of a list by the list's name. */
  readonly columns: Readonly<Record<string, ColumnLayout>>;
  readonly setDensity: (density: Density) => void;
  readonly setRailClosed: (closed: boolean) => void;
  readonly setFiguresClosed: (closed: boolean) => void;
  readonly setSingleKeys: (on: boolean) => void;
  readonly setPeekWidth: (width: number) => void;
  /** Related lists that were opened or closed, by record type and field. */
  readonly openLists: Readonly<Record<string, boolean>>;
  readonly setListOpen: (list: string, open: boolean) => void;
  readonly setPanel: (panel: string | undefined) => void;
  readonly setPanelWidth: (width: number) => void;
  readonly setComposeFor: (audience: Audience) => void;
  readonly setStreamOnly: (kinds: readonly ActivityKind[]) => void;
  readonly setColumns: (list: string, layout: ColumnLayout | undefined) => void;
};

const fitting = (width: number) => Math.max(280, Math.min(640, Math.round(width)));

/** How a person has arranged the application on this device. */
export const useLayout = create<Layout>()(
  persist(
    (set) => ({
      density: 'comfortable',
      railClosed: false,
      figuresClosed: false,
      singleKeys: true,
      peekWidth: 360,
      panel: 'stream',
      panelWidth: 400,
      streamOnly: [],
      composeFor: 'internal',
      timelineHidden: [],
      openLists: {},
      columns: {},
      setDensity: (density) => set({ density }),
      setRailClosed: (railClosed) => set({ railClosed }),
      setFiguresClosed: (figuresClosed) => set({ figuresClosed }),
      setSingleKeys: (singleKeys) => set({ singleKeys }),
      setPeekWidth: (peekWidth) => set({ peekWidth: fitting(peekWidth) }),
      setListOpen: (list, open) => set(({ openLists }) => ({ openLists: { ...openLists, [list]: open } })),
      setPanel: (panel) => set({ panel }),
      setPanelWidth: (panelWidth) => set({ panelWidth: fitting(panelWidth) }),
      setTimelineHidden: (timelineHidden) => set({ timelineHidden }),
      setComposeFor: (composeFor) => set({ composeFor }),
      setStreamOnly: (streamOnly) => set({ streamOnly }),
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
