/**
 * Lies over a screen that has just come up, for half a second: the second tap of a double one, a hand that trembles
 * and drops of water were meant for the screen before, and must not press what has come up under them.
 */
export function SettlingShield() {
  return <div className="settling-shield" aria-hidden="true" />
}
