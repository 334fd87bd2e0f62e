import type { IntentPath } from '../../contract/intent.ts'
import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { DoorPage } from '../ui/door-page.tsx'

type Act = Extract<
  IntentPath,
  'officer.bagMissing' | 'officer.bagUnreadable' | 'officer.recordSurplus' | 'officer.stopRound'
>

export function EmptyDoor({ screen }: ScreenProps<'emptyDoor'>) {
  const { text, send } = useKiosk()
  const { bagCode, bagSettled, strangeCode } = screen
  const act = (testId: string, path: Act, words: string) => (
    <Button testId={testId} onPress={() => send({ path, input: {} })}>
      {words}
    </Button>
  )
  const surplus =
    strangeCode === null
      ? text('staff.emptyDoor.surplus')
      : text('staff.emptyDoor.strange', { code: strangeCode })
  return (
    <DoorPage
      journey="empty"
      door={screen.door}
      code={bagCode}
      problem={screen.problem}
      actions={
        <div className="button-pair">
          {!bagSettled && act('bag-missing', 'officer.bagMissing', text('staff.emptyDoor.missing'))}
          {!bagSettled &&
            act('bag-unreadable', 'officer.bagUnreadable', text('staff.emptyDoor.unreadable'))}
          {act('bag-surplus', 'officer.recordSurplus', surplus)}
          {screen.inRound && act('stop-round', 'officer.stopRound', text('staff.emptyDoor.stop'))}
        </div>
      }
    >
      <p className="note" data-testid={bagSettled ? 'bag-settled' : 'bag-open'}>
        {text(bagSettled ? 'staff.emptyDoor.settled' : 'staff.emptyDoor.scan', { code: bagCode })}{' '}
        {screen.inRound && text('staff.emptyDoor.inRound')}
      </p>
    </DoorPage>
  )
}
