package io.jobaudit.fetch.api;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class Acs3SignerTest {

	record Vector(String host, String action, String version, String date, String nonce, Map<String, String> query,
			@Nullable String token, String signature) {
	}

	private static final Vector VENDORS = new Vector("ecs.cn-shanghai.aliyuncs.com", "RunInstances", "2014-05-26",
			"2023-10-26T10:22:32Z", "3156853299f313e23d1673dc12e1703d",
			Map.of("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId", "cn-shanghai"), null,
			"06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");

	static Vector[] vectors() {
		return new Vector[] { VENDORS,
				ice("GetSmartHandleJob", Map.of("JobId", "0a1b2c3d4e5f60718293a4b5c6d7e8f9"), null,
						"546fcb13b338664e4e7d8e5151fd0f263dd5830d050045689beed0e5fd236c00"),
				ice("GetSmartHandleJob", Map.of("JobId", "a b*~+/=智"), "YourSecurityToken",
						"eede86d0557103a475b170562c89115194f9a8c3eb16c7765e798aec51cb31f3"),
				ice("ListSmartJobs",
						Map.of("JobState", "Finished", "PageNo", "1", "PageSize", "100", "SortBy", "CreationTime:Asc"),
						null, "5da7abf85b60b812d03201a0409c6216d6a9567c375aff6e0ba14e0e32855c72") };
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void aVectorHasItsSignature(Vector vector) {
		Map<String, String> headers = sign(vector);

		assertThat(headers.get("Authorization"))
			.startsWith("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=")
			.endsWith(",Signature=" + vector.signature());
	}

	@Test
	void theVendorsCanonicalRequestHasItsHash() {
		SortedMap<String, String> signed = new TreeMap<>(sign(VENDORS));
		signed.remove("Authorization");
		signed.remove("Accept");

		String canonical = Acs3Signer.canonicalRequest(signed, VENDORS.query());

		assertThat(DigestUtils.sha256Hex(canonical))
			.isEqualTo("7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
	}

	@Test
	void everyAttemptHasItsOwnNonce() {
		int[] count = { 0 };
		Acs3Signer signer = new Acs3Signer(Clock.systemUTC(), () -> "nonce-" + count[0]++);
		CredentialsSource.Credentials key = new CredentialsSource.Credentials("id", "secret", null);

		Map<String, String> first = signer.headers("h", "A", "1", Map.of(), key);
		Map<String, String> second = signer.headers("h", "A", "1", Map.of(), key);

		assertThat(first.get("x-acs-signature-nonce")).isEqualTo("nonce-0");
		assertThat(second.get("x-acs-signature-nonce")).isEqualTo("nonce-1");
		assertThat(second.get("Authorization")).isNotEqualTo(first.get("Authorization"));
	}

	@Test
	void theTextOfCredentialsHasNeitherSecretNorToken() {
		assertThat(new CredentialsSource.Credentials("the-id", "the-secret", "the-token")).asString()
			.contains("the-id")
			.doesNotContain("the-secret", "the-token");
	}

	private static Vector ice(String action, Map<String, String> query, @Nullable String token, String signature) {
		return new Vector("ice.cn-shanghai.aliyuncs.com", action, "2020-11-09", "2026-01-02T03:04:05Z",
				"00000000-0000-4000-8000-000000000001", query, token, signature);
	}

	private static Map<String, String> sign(Vector vector) {
		Acs3Signer signer = new Acs3Signer(Clock.fixed(Instant.parse(vector.date()), ZoneOffset.UTC), vector::nonce);
		return signer.headers(vector.host(), vector.action(), vector.version(), vector.query(),
				new CredentialsSource.Credentials("YourAccessKeyId", "YourAccessKeySecret", vector.token()));
	}

}
