import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, published } from '../mixins.ts';

/** How health is computed, for all engagements or those that match (HLT-01; BR-35…38). */
export const healthDefinition = defineTable({
  name: 'healthDefinition',
  label: 'Health definition',
  plural: 'Health definitions',
  access: 'configuration',
  prefix: 'HDF',
  title: ['name'],
  fields: {
    name: f.text('Name', { mandatory: true, search: 3, column: 1, maxLength: 200 }),
    rank: f.integer('Rank', {
      mandatory: true,
      default: 100,
      min: 1,
      column: 2,
      help: 'Of several that match, the smallest rank is used.',
    }),
    global: f.boolean('For all engagements', {
      default: false,
      column: 3,
      help: 'Used where no definition with a condition matches; there is one such definition at most.',
    }),
    filter: f.condition('Applies to', { column: 4, help: 'Engagements that this definition scores.' }),
    ...published,
    ...described,
  },
});

/** One metric of a health definition (HLT-02; BR-37, BR-39). */
export const healthMetric = defineTable({
  name: 'healthMetric',
  label: 'Health metric',
  plural: 'Health metrics',
  access: 'configuration',
  title: ['definition', 'source'],
  ownedBy: 'definition',
  fields: {
    definition: f.reference('Health definition', 'healthDefinition', { mandatory: true, column: 1 }),
    source: f.reference('Data source', 'dataSource', { mandatory: true, column: 2 }),
    target: f.number('Target', {
      mandatory: true,
      column: 3,
      help: 'The value that earns the full score, in the unit of the data source.',
    }),
    weight: f.number('Weight', {
      mandatory: true,
      min: 0,
      max: 100,
      unit: '%',
      column: 4,
      help: 'The weights of a published definition add up to 100 %.',
    }),
    direction: f.choice(
      'Direction',
      { maximise: 'The higher the better', minimise: 'The lower the better' },
      { mandatory: true, default: 'maximise', column: 5 },
    ),
    aggregate: f.choice(
      'Aggregate',
      { average: 'Average', sum: 'Sum' },
      { mandatory: true, default: 'average', column: 6, help: 'How the values of several source records become one.' },
    ),
  },
});

export const BAND_COLOURS = { red: 'Red', orange: 'Orange', yellow: 'Yellow', green: 'Green', blue: 'Blue' } as const;
export const BAND_CATEGORIES = { poor: 'Poor', neutral: 'Neutral', good: 'Good', over: 'Over' } as const;

/** Colour for a range of the score or of a metric's value (HLT-05; BR-34). */
export const colourBand = defineTable({
  name: 'colourBand',
  label: 'Colour band',
  plural: 'Colour bands',
  access: 'configuration',
  title: ['category', 'colour'],
  ownedBy: 'source',
  fields: {
    type: f.choice('Type', { global: 'Health score', metric: 'One data source' }, { mandatory: true, default: 'global', column: 1 }),
    source: f.reference('Data source', 'dataSource', { column: 2 }),
    context: f.choice('Context', { engagement: 'Engagement' }, { default: 'engagement' }),
    min: f.number('From', { mandatory: true, column: 3, help: 'Belongs to the band. Bands of the health score lie between 0 and 100.' }),
    max: f.number('To', { mandatory: true, column: 4, help: 'The next band may begin here.' }),
    colour: f.choice('Colour', BAND_COLOURS, { mandatory: true, column: 5 }),
    highlight: f.choice('Highlight colour', BAND_COLOURS, { help: 'For the score in headers and lists; otherwise the colour itself.' }),
    category: f.choice('Category', BAND_CATEGORIES, { mandatory: true, column: 6 }),
  },
});
