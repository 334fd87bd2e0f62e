import { expect, it } from 'vitest'
import type { QueueRow } from '../../../contract/screens/operator.ts'
import { queueCsv } from './queue-export.ts'

const row: QueueRow = {
  key: '0198c1f2-0000-7000-8000-000000000001',
  sequence: 1,
  kind: 'fault',
  lane: 'kiosk',
  state: 'parked',
  attempts: 2,
  createdAt: '2026-05-02T12:40:00Z',
  answer: null,
  behind: false,
}

it('writes one line a message under the names of its columns', () => {
  expect(queueCsv([row])).toBe(
    'sequence,key,kind,lane,state,attempts,createdAt,answer\r\n' +
      '1,0198c1f2-0000-7000-8000-000000000001,fault,kiosk,parked,2,2026-05-02T12:40:00Z,\r\n',
  )
})

it.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['a,b', '"a,b"'],
  ['a\r\nb', '"a\r\nb"'],
])('takes %j for no formula and keeps it in its cell', (answer, cell) => {
  expect(queueCsv([{ ...row, answer }]).split('40:00Z,')[1]).toBe(`${cell}\r\n`)
})
