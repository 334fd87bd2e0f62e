import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Page } from '../ui/page.tsx'
import { ReaderPicture } from '../ui/reader-picture.tsx'
import { Table } from './table.tsx'

export function StockScan({ screen }: ScreenProps<'stockScan'>) {
  const { text } = useKiosk()
  const { waiting, lastStocked } = screen
  return (
    <Page
      className="staff"
      title={text('staff.stockScan.title')}
      lead={text('staff.stockScan.free', { count: screen.freeCompartments })}
      problem={screen.problem}
    >
      {lastStocked && (
        <p className="note" data-testid="last-stocked">
          {text('staff.stockScan.last', {
            code: lastStocked.dossierCode,
            number: lastStocked.compartment,
          })}
        </p>
      )}
      <ReaderPicture held="envelope" />
      <Table
        head={[
          text('staff.stockScan.code'),
          text('staff.stockScan.what'),
          text('staff.stockScan.size'),
        ]}
        rows={waiting.map(({ dossierCode, what, size }) => [
          dossierCode,
          text(`staff.contents.${what}`),
          text(`staff.size.${size}`),
        ])}
        empty={text('staff.stockScan.nothing')}
      />
    </Page>
  )
}
