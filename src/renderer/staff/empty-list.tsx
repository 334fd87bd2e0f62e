import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Table } from './table.tsx'

/** The work-list: what comes first stands first, and one touch does all of it. */
export function EmptyList({ screen }: ScreenProps<'emptyList'>) {
  const { text, send } = useKiosk()
  const nothing = screen.bags.length + screen.returns.length === 0
  return (
    <Page
      className="staff"
      title={text('staff.emptyList.title')}
      problem={screen.problem}
      actions={
        <>
          <div className="button-pair">
            <Button
              testId="hand-over"
              disabled={!screen.mayHandOver}
              onPress={() => send({ path: 'officer.handOver', input: {} })}
            >
              {text('staff.emptyList.handOver')}
            </Button>
            <Button
              testId="open-next"
              disabled={nothing}
              onPress={() => send({ path: 'officer.openNext', input: {} })}
            >
              {text('staff.emptyList.next')}
            </Button>
          </div>
          <Button
            kind="primary"
            testId="start-round"
            disabled={nothing}
            onPress={() => send({ path: 'officer.startRound', input: {} })}
          >
            {text('staff.emptyList.all')}
          </Button>
        </>
      }
    >
      <Table
        head={[
          text('staff.emptyList.what'),
          text('staff.emptyList.compartment'),
          text('staff.emptyList.state'),
        ]}
        rows={[
          ...screen.returns.map(({ dossierCode, compartment, reason }) => [
            dossierCode,
            String(compartment),
            text(`staff.returnReason.${reason}`),
          ]),
          ...screen.bags.map(({ bagCode, compartment, state }) => [
            bagCode,
            String(compartment),
            text(`staff.bagState.${state}`),
          ]),
        ]}
        empty={text('staff.emptyList.nothing')}
      />
    </Page>
  )
}
