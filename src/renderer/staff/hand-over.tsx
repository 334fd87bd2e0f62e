import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'

const groups = ['collected', 'unreadable', 'missing', 'surplus', 'returned'] as const

export function HandOver({ screen }: ScreenProps<'handOver'>) {
  const { text, send } = useKiosk()
  const { printed, counts } = screen
  return (
    <Page
      className="staff"
      tone={printed === 'notPrinted' ? 'alert' : 'plain'}
      title={text(`staff.handOver.title.${printed}`)}
      lead={text(`staff.handOver.lead.${printed}`)}
      actions={
        <>
          {printed === 'notPrinted' && (
            <Button
              testId="print-again"
              onPress={() => send({ path: 'officer.printHandOver', input: {} })}
            >
              {text('staff.handOver.again')}
            </Button>
          )}
          <Button
            kind="primary"
            testId="hand-over-done"
            disabled={printed === 'printing'}
            onPress={() => send({ path: 'officer.handOverDone', input: {} })}
          >
            {text('staff.handOver.done')}
          </Button>
        </>
      }
    >
      <Facts
        large
        facts={groups.map((group) => [text(`staff.handOver.${group}`), counts[group]] as const)}
      />
    </Page>
  )
}
