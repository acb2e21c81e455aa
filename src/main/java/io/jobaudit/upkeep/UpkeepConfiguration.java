package io.jobaudit.upkeep;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the work between runs. */
@Configuration(proxyBeanMethods = false)
@Import({ MonthCloseLauncher.class, RenormalizeLauncher.class, PurgeLauncher.class, RowPurge.class,
		UserErasure.class })
class UpkeepConfiguration {

}
