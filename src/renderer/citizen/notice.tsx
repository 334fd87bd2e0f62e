import { useKiosk } from '../api/kiosk-context.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { WithVietnamese } from '../ui/vietnamese.tsx'

/** A notice, not a consent. */
export function Notice() {
  const { snapshot, text, send } = useKiosk()
  return (
    <Page
      className="notice"
      title={text('notice.title')}
      actions={
        <>
          <Button
            testId="look-up"
            onPress={() => send({ path: 'intake.lookUpProcedures', input: {} })}
          >
            {text('notice.lookUp')}
          </Button>
          <Button
            kind="primary"
            testId="accept"
            onPress={() => send({ path: 'intake.acceptNotice', input: {} })}
          >
            {text('notice.accept')}
          </Button>
        </>
      }
    >
      <ul className="plain-list">
        <li>{text('notice.what')}</li>
        <li>{text('notice.why')}</li>
        <li>{text('notice.how')}</li>
        <li>
          <WithVietnamese sentence={text('notice.paper')} />
        </li>
        {snapshot.kiosk.hasCamera && <li>{text('idle.camera')}</li>}
      </ul>
    </Page>
  )
}
