import type { Screen } from '../screen.ts'
import { input } from './parts.ts'

export const staffExamples: Readonly<Record<string, Screen>> = {
  staffPin: { name: 'staffPin', input: input('pin', 'digits', '••', 12), problem: null },
  staffMenu: {
    name: 'staffMenu',
    displayName: 'Cán bộ Ví Dụ',
    bagsToEmpty: 4,
    resultsToStock: 2,
    supplies: [
      { supply: 'bags', left: 8, capacity: 100, lowAt: 10 },
      { supply: 'paper', left: 61_200, capacity: 76_000, lowAt: 6_000 },
    ],
    problem: null,
  },
}
