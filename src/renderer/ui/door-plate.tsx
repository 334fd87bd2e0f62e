import { useKiosk } from '../api/kiosk-context.ts'

/** The number on the door, as large as the plate on the real one. */
export function DoorPlate({ compartment }: { readonly compartment: number }) {
  const { text } = useKiosk()
  return (
    <p className="door-plate" data-testid="door-plate">
      <span>{text('frame.plate')}</span>
      <strong>{compartment}</strong>
    </p>
  )
}
