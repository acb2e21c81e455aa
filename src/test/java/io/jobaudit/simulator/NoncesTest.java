package io.jobaudit.simulator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NoncesTest {

	@Test
	void theOldestNonceIsForgottenFirst() {
		CallChecks.Nonces nonces = new CallChecks.Nonces(2);

		assertThat(nonces.use("a")).isTrue();
		assertThat(nonces.use("b")).isTrue();
		assertThat(nonces.use("a")).isFalse();
		assertThat(nonces.use("c")).isTrue();
		assertThat(nonces.use("b")).isFalse();
		assertThat(nonces.use("a")).as("forgotten").isTrue();
	}

}
