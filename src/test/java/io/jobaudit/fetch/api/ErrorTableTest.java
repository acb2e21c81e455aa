package io.jobaudit.fetch.api;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorTableTest {

	private final ErrorTable errors = new ErrorTable(List.of("ResourceNotFound", "JobNotFound", "*.NotFound"));

	@ParameterizedTest
	@CsvSource({ "400, Throttling, THROTTLED", "400, Throttling.User, THROTTLED", "503, Throttling.Api, THROTTLED",
			"200, Throttling.User, THROTTLED", "403, RequestsTooFrequent, THROTTLED", "429, '', THROTTLED",
			"429, Whatever, THROTTLED", "408, '', TRANSIENT", "408, Odd, TRANSIENT", "500, InternalError, TRANSIENT",
			"500, Odd, TRANSIENT", "502, '', TRANSIENT", "503, ServiceUnavailable, TRANSIENT",
			"503, ServiceUnAvailable, TRANSIENT", "400, InternalError, TRANSIENT", "400, SignatureNonceUsed, TRANSIENT",
			"200, SomethingNew, TRANSIENT", "400, InvalidSecurityToken.Expired, TOKEN",
			"403, SecurityTokenExpired, TOKEN", "400, InvalidSecurityToken.Malformed, FATAL",
			"404, InvalidAccessKeyId.NotFound, FATAL", "400, InvalidAccessKeyId.Inactive, FATAL",
			"400, SignatureDoesNotMatch, FATAL", "400, IncompleteSignature, FATAL", "403, Forbidden.RAM, FATAL",
			"403, Forbidden, FATAL", "403, NoPermission, FATAL", "403, OperationDenied.Suspended, FATAL",
			"400, InvalidTimeStamp.Expired, FATAL", "404, InvalidAction.NotFound, FATAL",
			"404, InvalidApi.NotFound, FATAL", "404, InvalidProduct.NotFound, FATAL", "400, NoSuchVersion, FATAL",
			"404, ResourceNotFound, NOT_FOUND", "404, JobNotFound, NOT_FOUND", "400, SmartJob.NotFound, NOT_FOUND",
			"200, JobNotFound, NOT_FOUND", "400, InvalidParameter, REFUSED", "400, InvalidParameter.JobId, REFUSED",
			"400, MissingParameter, REFUSED", "400, Odd, UNKNOWN", "418, Teapot, UNKNOWN", "404, '', UNKNOWN",
			"404, Gone, UNKNOWN" })
	void anErrorHasItsClass(int status, String code, ErrorClass expected) {
		assertThat(this.errors.classify(status, code, Duration.ZERO)).isEqualTo(expected);
	}

	@Test
	void aHintMakesAnyErrorThrottling() {
		assertThat(this.errors.classify(503, "ServiceUnavailable", Duration.ofMillis(1)))
			.isEqualTo(ErrorClass.THROTTLED);
	}

	@ParameterizedTest
	@CsvSource({ "InvalidSecurityToken.Expired, check the access key and its secret or token",
			"InvalidAccessKeyId.NotFound, check the access key and its secret or token",
			"SignatureDoesNotMatch, check the access key and its secret or token",
			"Forbidden.RAM, allow ice:ListSmartJobs to this key (config/ram-policy.json)",
			"NoPermission, allow ice:ListSmartJobs to this key (config/ram-policy.json)",
			"OperationDenied.Suspended, allow ice:ListSmartJobs to this key (config/ram-policy.json)",
			"InvalidTimeStamp.Expired, correct this machine's clock",
			"InvalidAction.NotFound, check audit.api.endpoint and audit.api.region",
			"nosuchversion, check audit.api.endpoint and audit.api.region" })
	void anErrorThatStopsTheRunComesWithAdvice(String code, String advice) {
		ApiError error = new ApiError(ErrorClass.FATAL, 400, code, "message", "", Duration.ZERO);

		FatalAnswerException stopped = new FatalAnswerException("ListSmartJobs", error);

		assertThat(stopped).hasMessage("the API refuses every call: HTTP 400 " + code + ": message; " + advice);
		assertThat(stopped.getExitCode()).isEqualTo(advice.contains("audit.api.endpoint") ? 78 : 77);
	}

	@Test
	void theCodesOfUnknownIdsAreConfigurable() {
		ErrorTable own = new ErrorTable(List.of("NoSuchJob"));

		assertThat(own.classify(400, "NoSuchJob", Duration.ZERO)).isEqualTo(ErrorClass.NOT_FOUND);
		assertThat(own.classify(404, "JobNotFound", Duration.ZERO)).isEqualTo(ErrorClass.UNKNOWN);
	}

}
