package io.jobaudit.cli;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.logging.LoggingSystem;

/** Applications that a test starts leave the log of the tests alone. */
final class WithoutLogging implements BeforeEachCallback, AfterEachCallback {

	@Override
	public void beforeEach(ExtensionContext context) {
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
	}

}
