import { Lock } from './door-scene.tsx'

export const stateScenes = [
  'slipComing', // the printer's mouth, paper on its way out
  'bagWithYou', // the compartment is shut and empty, the bag stands before it
  'shut', // no door opened
  'paused', // the whole machine rests
] as const
export type StateScene = (typeof stateScenes)[number]

/** How things stand, where there is nothing to be pressed but "I see". */
export function StatePicture({ scene }: { readonly scene: StateScene }) {
  return (
    <svg className={`state-picture ${scene}`} viewBox="0 0 640 300" aria-hidden="true">
      <Scene scene={scene} />
    </svg>
  )
}

function Scene({ scene }: { readonly scene: StateScene }) {
  switch (scene) {
    case 'slipComing':
      return (
        <>
          <g className="slip-paper">
            <path d="M240 96H400V262l-16-10-16 10-16-10-16 10-16-10-16 10-16-10-16 10-16-10-16 10Z" />
            <path className="line" d="M264 132h84M264 158h112M264 184h112" />
            <path
              className="code"
              d="M264 202h36v36h-36zM272 210v20h20v-20zM312 202h12v12h-12zM336 214h12v12h-12zM312 226h12v12h-12z"
            />
          </g>
          <rect className="machine" x={150} y={22} width={340} height={84} rx={12} />
          <rect className="mouth" x={222} y={82} width={196} height={16} rx={8} />
          <path className="arrow" d="M470 160v76m-30-32l30 34l30-34" />
        </>
      )
    case 'bagWithYou':
      return (
        <>
          <rect className="machine pale" x={40} y={30} width={300} height={240} rx={12} />
          <rect className="door" x={76} y={66} width={228} height={168} rx={4} />
          <path className="grip" d="M282 132v36" />
          <g className="thing">
            <rect x={430} y={92} width={150} height={166} rx={6} />
            <path d="M430 126h150M462 234v-32M474 234v-32M490 234v-32M500 234v-32M518 234v-32M536 234v-32M548 234v-32" />
          </g>
          <path className="arrow" d="M350 178h58m-26-26l28 26l-28 26" />
        </>
      )
    case 'shut':
      return (
        <>
          <rect className="machine pale" x={150} y={24} width={340} height={252} rx={12} />
          <rect className="door" x={190} y={60} width={260} height={180} rx={4} />
          <g transform="translate(0 18)">
            <Lock />
          </g>
        </>
      )
    case 'paused':
      return (
        <>
          <rect className="machine" x={210} y={12} width={220} height={276} rx={14} />
          <rect className="glass" x={234} y={36} width={172} height={132} rx={6} />
          <path className="pause" d="M302 76v52M338 76v52" />
          <path className="slots" d="M252 200h136M252 228h60M328 228h60M252 256h60M328 256h60" />
        </>
      )
  }
}
