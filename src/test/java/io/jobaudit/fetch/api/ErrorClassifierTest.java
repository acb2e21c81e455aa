package io.jobaudit.fetch.api;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorClassifierTest {

	private final ErrorClassifier classifier = new ErrorClassifier(
			List.of("ResourceNotFound", "JobNotFound", "*.NotFound"));

	@ParameterizedTest
	@CsvSource({ "400, Throttling, THROTTLED", "400, Throttling.User, THROTTLED", "503, Throttling.Api, THROTTLED",
			"200, Throttling.User, THROTTLED", "403, RequestsTooFrequent, THROTTLED", "429, '', THROTTLED",
			"429, Whatever, THROTTLED", "408, '', TRANSIENT", "408, Odd, TRANSIENT", "500, InternalError, TRANSIENT",
			"500, Odd, TRANSIENT", "502, '', TRANSIENT", "503, ServiceUnavailable, TRANSIENT",
			"503, ServiceUnAvailable, TRANSIENT", "400, InternalError, TRANSIENT", "400, SignatureNonceUsed, TRANSIENT",
			"200, SomethingNew, TRANSIENT", "400, InvalidSecurityToken.Expired, TOKEN",
			"400, InvalidSecurityToken.Malformed, FATAL", "404, InvalidAccessKeyId.NotFound, FATAL",
			"400, InvalidAccessKeyId.Inactive, FATAL", "400, SignatureDoesNotMatch, FATAL",
			"400, IncompleteSignature, FATAL", "403, Forbidden.RAM, FATAL", "403, Forbidden, FATAL",
			"403, NoPermission, FATAL", "403, OperationDenied.Suspended, FATAL", "400, InvalidTimeStamp.Expired, FATAL",
			"404, InvalidAction.NotFound, FATAL", "404, InvalidApi.NotFound, FATAL",
			"404, InvalidProduct.NotFound, FATAL", "400, NoSuchVersion, FATAL", "404, ResourceNotFound, NOT_FOUND",
			"404, JobNotFound, NOT_FOUND", "400, SmartJob.NotFound, NOT_FOUND", "200, JobNotFound, NOT_FOUND",
			"400, InvalidParameter, REFUSED", "400, InvalidParameter.JobId, REFUSED", "400, MissingParameter, REFUSED",
			"400, Odd, UNKNOWN", "418, Teapot, UNKNOWN", "404, '', UNKNOWN", "404, Gone, UNKNOWN" })
	void anErrorHasItsClass(int status, String code, ErrorClass expected) {
		assertThat(this.classifier.classify(status, code, Duration.ZERO)).isEqualTo(expected);
	}

	@Test
	void aHintMakesAnyErrorThrottling() {
		assertThat(this.classifier.classify(503, "ServiceUnavailable", Duration.ofMillis(1)))
			.isEqualTo(ErrorClass.THROTTLED);
	}

	@Test
	void theCodesOfUnknownIdsAreConfigurable() {
		ErrorClassifier own = new ErrorClassifier(List.of("NoSuchJob"));

		assertThat(own.classify(400, "NoSuchJob", Duration.ZERO)).isEqualTo(ErrorClass.NOT_FOUND);
		assertThat(own.classify(404, "JobNotFound", Duration.ZERO)).isEqualTo(ErrorClass.UNKNOWN);
	}

}
