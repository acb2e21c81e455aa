package io.jobaudit.upkeep;

import io.jobaudit.report.OldReports;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the work between runs. */
@Configuration(proxyBeanMethods = false)
@Import({ MonthCloseLauncher.class, RenormalizeLauncher.class, PurgeLauncher.class, RowPurge.class, OldReports.class,
		UserErasure.class })
class UpkeepConfiguration {

}
