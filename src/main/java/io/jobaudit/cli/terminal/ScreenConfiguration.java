package io.jobaudit.cli.terminal;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the screen for the progress line. */
@Configuration(proxyBeanMethods = false)
class ScreenConfiguration {

	@Bean(destroyMethod = "close")
	OperatorScreen operatorScreen() {
		return OperatorScreen.open();
	}

}
