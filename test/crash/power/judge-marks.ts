import { join } from 'node:path'
import { keepAliveMark } from '../../../src/main/core/process/alive-mark.ts'
import { openChoicesMark } from '../../../src/main/core/process/choices-mark.ts'
import { openRunningClock } from '../../../src/main/core/process/running-clock.ts'
import { openScreenMark } from '../../../src/main/core/process/screen-mark.ts'
import { openDeviceNote, suspectedDevice } from '../../../src/main/core/suspected-device.ts'
import { readEpochBook } from '../../../src/main/store/restore/epoch-book.ts'
import { diskFolders, type WorldEvent } from './world-event.ts'

/**
 * What core reads at its start beside the database. The durable ones are as the world knows them; the others may
 * be anything after a power cut, and each of them must open, and be written again.
 */
export async function judgeMarks(
  folder: string,
  world: readonly WorldEvent[],
): Promise<readonly string[]> {
  const { data, journalFolder, runningTime } = diskFolders(folder)
  const wrong: string[] = []
  const saved = world.flatMap((one) => (one.event === 'clockSaved' ? [one.runningMs] : [])).at(-1)
  const clock = await openRunningClock(runningTime, { bootId: () => 'boot-2', bootMs: () => 0 })
  if (clock.runningMs() < (saved ?? 0)) {
    wrong.push(`the running clock went back from ${saved} to ${clock.runningMs()}`)
  }
  await clock.save()

  const booked = new Set(readEpochBook(journalFolder).map(({ epoch }) => epoch))
  for (const one of world) {
    if (one.event === 'epoch' && !booked.has(one.epoch)) {
      wrong.push(`epoch ${one.epoch} is in use and not in the book`)
    }
  }

  keepAliveMark(join(data, 'alive')).stop()
  const screen = openScreenMark(join(data, 'on-screen'))
  screen.note('K07-1-000001-X')
  const choices = openChoicesMark(join(data, 'choices'), true)
  choices.clear()
  suspectedDevice(data)
  openDeviceNote(data, undefined).close()
  if (openScreenMark(join(data, 'on-screen')).last !== 'K07-1-000001-X') {
    wrong.push('the mark of the screen cannot be written again')
  }
  return wrong
}
