import type { Report } from '../../../contracts/report.ts';
import { page } from './page.ts';
import { calibrationSection } from './sections/calibration.ts';
import { domainSection } from './sections/domain.ts';
import { flowSection } from './sections/flow.ts';
import { notesSection } from './sections/notes.ts';
import { provenanceSection } from './sections/provenance.ts';
import { strategiesSection } from './sections/strategies.ts';
import { syntheticRowsSection } from './sections/synthetic-rows.ts';
import { testRowsSection } from './sections/test-rows.ts';
import { thresholdsSection } from './sections/thresholds.ts';
import { verdictHeader } from './sections/verdict.ts';
import { shower } from './shown.ts';

/** `report.html`: the report as one page that needs no network and nothing beside it. The same report gives the same bytes. */
export async function renderReport(report: Report): Promise<string> {
  const show = shower(report);
  const sections = [
    await strategiesSection(report, show),
    await testRowsSection(report, show),
    await thresholdsSection(report),
    await calibrationSection(report, show),
    flowSection(report, show),
    await syntheticRowsSection(report, show),
    domainSection(report, show),
    provenanceSection(report, show),
    notesSection(report),
  ];
  return page(report, verdictHeader(report, show), sections);
}
