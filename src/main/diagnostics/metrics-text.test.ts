import { expect, test } from 'vitest'
import { metricsText } from './metrics-text.ts'

test('families with their help, type and samples, as Prometheus reads them', () => {
  const text = metricsText([
    { name: 'a_total', help: 'How\noften \\ much.', type: 'counter', samples: [{ value: 3 }] },
    {
      name: 'b',
      help: 'B.',
      type: 'gauge',
      samples: [
        { labels: { device: 'printer', state: 'o"n\\l\nine' }, value: 0.25 },
        { labels: { device: 'x' }, value: Number.POSITIVE_INFINITY },
        { labels: { device: 'y' }, value: Number.NaN },
      ],
    },
    { name: 'empty', help: 'Left out.', type: 'gauge', samples: [] },
  ])
  expect(text).toBe(
    [
      '# HELP a_total How\\noften \\\\ much.',
      '# TYPE a_total counter',
      'a_total 3',
      '# HELP b B.',
      '# TYPE b gauge',
      'b{device="printer",state="o\\"n\\\\l\\nine"} 0.25',
      'b{device="x"} +Inf',
      'b{device="y"} NaN',
      '',
    ].join('\n'),
  )
})
