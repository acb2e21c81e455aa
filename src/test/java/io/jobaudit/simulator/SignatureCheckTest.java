package io.jobaudit.simulator;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignatureCheckTest {

	private static final String SECRET = "YourAccessKeySecret";

	private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

	private static final String JOB = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

	@Test
	void theVendorsOwnVectorIsReproduced() throws IOException {
		ClassicHttpRequest request = new BasicClassicHttpRequest("POST",
				"/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai");
		request.addHeader("x-acs-action", "RunInstances");
		request.addHeader("x-acs-version", "2014-05-26");
		request.addHeader("x-acs-date", "2023-10-26T10:22:32Z");
		request.addHeader("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d");
		request.addHeader("x-acs-content-sha256", EMPTY_SHA256);
		request.addHeader("Host", "ecs.cn-shanghai.aliyuncs.com");

		ApiCall call = ApiCall.of(request);

		List<String> signed = List.copyOf(call.headers().keySet());
		String canonical = SignatureCheck.canonicalRequest(call, signed);
		assertThat(DigestUtils.sha256Hex(canonical))
			.isEqualTo("7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
		assertThat(SignatureCheck.signature(call, signed, SECRET))
			.isEqualTo("06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
	}

	@Test
	void aCallForAJobIsReproduced() throws IOException {
		assertThat(signature(request("GetSmartHandleJob", "JobId=" + JOB)))
			.isEqualTo("546fcb13b338664e4e7d8e5151fd0f263dd5830d050045689beed0e5fd236c00");
	}

	@Test
	void specialCharactersAndASecurityTokenAreReproduced() throws IOException {
		ClassicHttpRequest request = request("GetSmartHandleJob",
				"JobId=" + URLEncoder.encode("a b*~+/=\u667a", StandardCharsets.UTF_8));
		request.addHeader("x-acs-security-token", "YourSecurityToken");

		assertThat(signature(request)).isEqualTo("eede86d0557103a475b170562c89115194f9a8c3eb16c7765e798aec51cb31f3");
	}

	@Test
	void parametersAreSortedBeforeTheyAreSigned() throws IOException {
		assertThat(
				signature(request("ListSmartJobs", "SortBy=CreationTime:Asc&PageSize=100&PageNo=1&JobState=Finished")))
			.isEqualTo("5da7abf85b60b812d03201a0409c6216d6a9567c375aff6e0ba14e0e32855c72");
	}

	@Test
	void headersThatNeedNotBeSignedAreLeftOut() throws IOException {
		ClassicHttpRequest request = request("GetSmartHandleJob", "JobId=" + JOB);
		request.addHeader("Accept", "application/json");
		request.addHeader("User-Agent", "any");

		assertThat(signature(request)).isEqualTo("546fcb13b338664e4e7d8e5151fd0f263dd5830d050045689beed0e5fd236c00");
	}

	private static ClassicHttpRequest request(String action, String query) {
		ClassicHttpRequest request = new BasicClassicHttpRequest("POST", "/?" + query);
		request.addHeader("x-acs-action", action);
		request.addHeader("x-acs-version", "2020-11-09");
		request.addHeader("x-acs-date", "2026-01-02T03:04:05Z");
		request.addHeader("x-acs-signature-nonce", "00000000-0000-4000-8000-000000000001");
		request.addHeader("x-acs-content-sha256", EMPTY_SHA256);
		request.addHeader("Host", "ice.cn-shanghai.aliyuncs.com");
		return request;
	}

	private static String signature(ClassicHttpRequest request) throws IOException {
		ApiCall call = ApiCall.of(request);
		List<String> signed = call.headers()
			.keySet()
			.stream()
			.filter((name) -> name.equals("host") || name.startsWith("x-acs-"))
			.toList();
		return SignatureCheck.signature(call, signed, SECRET);
	}

}
