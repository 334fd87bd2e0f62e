import type { Screen } from '../screen.ts'
import { input } from './parts.ts'

export const staffExamples: Readonly<Record<string, Screen>> = {
  staffPin: { name: 'staffPin', input: input('pin', 'digits', '••', 12), problem: null },
  staffMenu: {
    name: 'staffMenu',
    displayName: 'Cán bộ Ví Dụ',
    bagsToEmpty: 4,
    resultsToStock: 2,
    problem: null,
  },
}
