import type { Screen } from '../contract/screen.ts'
import { BagScreen } from './citizen/bag.tsx'
import { CitizenDoor } from './citizen/citizen-door.tsx'
import { Collect } from './citizen/collect.tsx'
import { CollectDone } from './citizen/collect-done.tsx'
import { CollectIncident } from './citizen/collect-incident.tsx'
import { CollectNotTaken } from './citizen/collect-not-taken.tsx'
import { CollectProof } from './citizen/collect-proof.tsx'
import { CollectRefused } from './citizen/collect-refused.tsx'
import { CollectTyped } from './citizen/collect-typed.tsx'
import { DepositMissing } from './citizen/deposit-missing.tsx'
import { Identify } from './citizen/identify.tsx'
import { Identity } from './citizen/identity.tsx'
import { Idle } from './citizen/idle.tsx'
import { IntakeAbandoned } from './citizen/intake-abandoned.tsx'
import { IntakeDone } from './citizen/intake-done.tsx'
import { IntakeIncident } from './citizen/intake-incident.tsx'
import { Notice } from './citizen/notice.tsx'
import { OutOfService } from './citizen/out-of-service.tsx'
import { Owner } from './citizen/owner.tsx'
import { Papers } from './citizen/papers.tsx'
import { Phone } from './citizen/phone.tsx'
import { PhoneCode } from './citizen/phone-code.tsx'
import { Procedure } from './citizen/procedure.tsx'
import { Procedures } from './citizen/procedures.tsx'
import { Relation } from './citizen/relation.tsx'
import { ScanLeftover } from './citizen/scan-leftover.tsx'
import { ScanOffer } from './citizen/scan-offer.tsx'
import { ScanPage } from './citizen/scan-page.tsx'
import { ScanReview } from './citizen/scan-review.tsx'
import { ScanSaving } from './citizen/scan-saving.tsx'
import { ScanTrouble } from './citizen/scan-trouble.tsx'
import { Scanning } from './citizen/scanning.tsx'
import { SlipFailed } from './citizen/slip-failed.tsx'
import { SlipPrinting } from './citizen/slip-printing.tsx'
import { Summary } from './citizen/summary.tsx'
import { DevicePage } from './staff/device-page.tsx'
import { Devices } from './staff/devices.tsx'
import { EmptyDoor } from './staff/empty-door.tsx'
import { EmptyList } from './staff/empty-list.tsx'
import { HandOver } from './staff/hand-over.tsx'
import { LookDoor } from './staff/look-door.tsx'
import { OffListDoor } from './staff/off-list-door.tsx'
import { OffListDoors } from './staff/off-list-doors.tsx'
import { OffListReason } from './staff/off-list-reason.tsx'
import { OffListSecond } from './staff/off-list-second.tsx'
import { OffListSecondPin } from './staff/off-list-second-pin.tsx'
import { Queue } from './staff/queue.tsx'
import { QueueHandOver } from './staff/queue-hand-over.tsx'
import { QueueMessage } from './staff/queue-message.tsx'
import { QueueReason } from './staff/queue-reason.tsx'
import { QueueSecond } from './staff/queue-second.tsx'
import { QueueSecondPin } from './staff/queue-second-pin.tsx'
import { ReturnDoor } from './staff/return-door.tsx'
import { StaffDoorProblem } from './staff/staff-door-problem.tsx'
import { StaffMenu } from './staff/staff-menu.tsx'
import { StockDoor } from './staff/stock-door.tsx'
import { StockScan } from './staff/stock-scan.tsx'
import { SupportBundle } from './staff/support-bundle.tsx'
import { TestCode } from './staff/test-code.tsx'
import { TestDoorSecond } from './staff/test-door-second.tsx'
import { TestDoorSecondPin } from './staff/test-door-second-pin.tsx'
import { TestDoors } from './staff/test-doors.tsx'
import { TypedPage } from './ui/typed-page.tsx'

/** One view a screen; a new screen in the contract does not compile until it has one. */
export function ScreenView({ screen }: { readonly screen: Screen }) {
  switch (screen.name) {
    case 'idle':
      return <Idle screen={screen} />
    case 'outOfService':
      return <OutOfService />
    case 'notice':
      return <Notice />
    case 'identify':
      return <Identify screen={screen} />
    case 'identifyTyped':
    case 'ownerTyped':
    case 'phoneAgain':
    case 'secret':
    case 'staffPin':
      return <TypedPage input={screen.input} problem={screen.problem} />
    case 'identity':
      return <Identity screen={screen} />
    case 'relation':
      return <Relation screen={screen} />
    case 'owner':
      return <Owner screen={screen} />
    case 'phone':
      return <Phone screen={screen} />
    case 'phoneCode':
      return <PhoneCode screen={screen} />
    case 'procedures':
      return <Procedures screen={screen} />
    case 'procedure':
      return <Procedure screen={screen} />
    case 'papers':
      return <Papers screen={screen} />
    case 'scanOffer':
      return <ScanOffer screen={screen} />
    case 'scanning':
      return <Scanning screen={screen} />
    case 'scanReview':
      return <ScanReview screen={screen} />
    case 'scanPage':
      return <ScanPage screen={screen} />
    case 'scanTrouble':
      return <ScanTrouble screen={screen} />
    case 'scanSaving':
      return <ScanSaving screen={screen} />
    case 'scanLeftover':
      return <ScanLeftover screen={screen} />
    case 'bag':
      return <BagScreen screen={screen} />
    case 'summary':
      return <Summary screen={screen} />
    case 'depositDoor':
      return <CitizenDoor journey="deposit" door={screen.door} />
    case 'depositMissing':
      return <DepositMissing screen={screen} />
    case 'slipPrinting':
      return <SlipPrinting screen={screen} />
    case 'slipFailed':
      return <SlipFailed screen={screen} />
    case 'intakeDone':
      return <IntakeDone screen={screen} />
    case 'intakeAbandoned':
      return <IntakeAbandoned screen={screen} />
    case 'intakeIncident':
      return <IntakeIncident screen={screen} />
    case 'collect':
      return <Collect screen={screen} />
    case 'collectTyped':
      return <CollectTyped screen={screen} />
    case 'collectProof':
      return <CollectProof screen={screen} />
    case 'collectRefused':
      return <CollectRefused screen={screen} />
    case 'collectDoor':
      return <CitizenDoor journey="collect" door={screen.door} />
    case 'collectDone':
      return <CollectDone screen={screen} />
    case 'collectNotTaken':
      return <CollectNotTaken screen={screen} />
    case 'collectIncident':
      return <CollectIncident screen={screen} />
    case 'staffMenu':
      return <StaffMenu screen={screen} />
    case 'stockScan':
      return <StockScan screen={screen} />
    case 'stockDoor':
      return <StockDoor screen={screen} />
    case 'emptyList':
      return <EmptyList screen={screen} />
    case 'emptyDoor':
      return <EmptyDoor screen={screen} />
    case 'queue':
      return <Queue screen={screen} />
    case 'queueMessage':
      return <QueueMessage screen={screen} />
    case 'queueReason':
      return <QueueReason screen={screen} />
    case 'queueHandOver':
      return <QueueHandOver screen={screen} />
    case 'queueSecond':
      return <QueueSecond screen={screen} />
    case 'queueSecondPin':
      return <QueueSecondPin screen={screen} />
    case 'offListDoors':
      return <OffListDoors screen={screen} />
    case 'offListReason':
      return <OffListReason screen={screen} />
    case 'offListSecond':
      return <OffListSecond screen={screen} />
    case 'offListSecondPin':
      return <OffListSecondPin screen={screen} />
    case 'offListDoor':
      return <OffListDoor screen={screen} />
    case 'returnDoor':
      return <ReturnDoor screen={screen} />
    case 'handOver':
      return <HandOver screen={screen} />
    case 'devices':
      return <Devices screen={screen} />
    case 'device':
      return <DevicePage screen={screen} />
    case 'testDoors':
      return <TestDoors screen={screen} />
    case 'testDoorSecond':
      return <TestDoorSecond screen={screen} />
    case 'testDoorSecondPin':
      return <TestDoorSecondPin screen={screen} />
    case 'lookDoor':
      return <LookDoor screen={screen} />
    case 'supportBundle':
      return <SupportBundle screen={screen} />
    case 'testCode':
      return <TestCode />
    case 'staffDoorProblem':
      return <StaffDoorProblem screen={screen} />
    default:
      return screen satisfies never
  }
}
