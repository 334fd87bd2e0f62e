import { useKiosk } from '../api/kiosk-context.ts'
import type { ScreenProps } from '../screen-of.ts'
import { Button } from '../ui/button.tsx'
import { TypedPage } from '../ui/typed-page.tsx'

export function PhoneCode({ screen }: ScreenProps<'phoneCode'>) {
  const { text, send } = useKiosk()
  return (
    <TypedPage
      input={screen.input}
      problem={screen.problem}
      hintValues={{ phone: screen.phone }}
      others={
        <>
          <Button
            testId="without-code"
            onPress={() => send({ path: 'intake.withoutPhoneCode', input: {} })}
          >
            {text('phone.withoutCode')}
          </Button>
          <Button
            testId="resend"
            disabled={screen.sending}
            onPress={() => send({ path: 'intake.resendPhoneCode', input: {} })}
          >
            {text('phone.resend')}
          </Button>
        </>
      }
    >
      <p className="small" role="status">
        {screen.sending
          ? text('phone.sending')
          : text('phone.triesLeft', { count: screen.triesLeft })}
      </p>
    </TypedPage>
  )
}
