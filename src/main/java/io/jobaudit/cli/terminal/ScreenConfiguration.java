package io.jobaudit.cli.terminal;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lends the screen to those who watch a run. */
@Configuration(proxyBeanMethods = false)
class ScreenConfiguration {

	@Bean(destroyMethod = "close")
	OperatorScreen operatorScreen() {
		return OperatorScreen.open();
	}

}
