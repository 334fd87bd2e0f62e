import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Table } from './table.tsx'

export function EmptyList({ screen }: ScreenProps<'emptyList'>) {
  const { text, send } = useKiosk()
  return (
    <Page
      className="staff"
      title={text('staff.emptyList.title')}
      problem={screen.problem}
      actions={
        <Button
          kind="primary"
          testId="open-next"
          disabled={screen.bags.length === 0}
          onPress={() => send({ path: 'officer.openNext', input: {} })}
        >
          {text('staff.emptyList.next')}
        </Button>
      }
    >
      <Table
        head={[
          text('staff.emptyList.bag'),
          text('staff.emptyList.compartment'),
          text('staff.emptyList.state'),
        ]}
        rows={screen.bags.map((bag) => [
          bag.bagCode,
          String(bag.compartment),
          text(`staff.bagState.${bag.state}`),
        ])}
        empty={text('staff.emptyList.nothing')}
      />
    </Page>
  )
}
