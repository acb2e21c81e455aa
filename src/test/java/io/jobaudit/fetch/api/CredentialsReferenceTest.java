package io.jobaudit.fetch.api;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import com.aliyun.credentials.http.CompatibleUrlConnClient;
import com.aliyun.credentials.http.HttpRequest;
import com.aliyun.credentials.http.HttpResponse;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.utils.AuthUtils;
import io.jobaudit.fetch.api.CredentialsSource.Credentials;
import io.jobaudit.fetch.api.CredentialsSource.CredentialsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Roles are assumed at a stand-in of the vendor's token service. */
class CredentialsReferenceTest {

	private static final String ROLE = "acs:ram::1:role/audit";

	private final String home = System.getProperty("user.home");

	private final TokenService tokens = new TokenService();

	@TempDir
	private Path directory;

	@AfterEach
	void restore() {
		System.setProperty("user.home", this.home);
		AuthUtils.setEnvironmentAccessKeyId(null);
		AuthUtils.setEnvironmentAccessKeySecret(null);
		AuthUtils.setEnvironmentOIDCProviderArn(null);
		AuthUtils.setEnvironmentOIDCTokenFilePath(null);
	}

	@Test
	void aProfileIsReadFromTheFileOfTheVendorsCommandLine() throws IOException {
		System.setProperty("user.home", this.directory.toString());
		Files.writeString(Files.createDirectory(this.directory.resolve(".aliyun")).resolve("config.json"), """
				{"current": "default", "profiles": [
				{"name": "default", "mode": "AK", "access_key_id": "other", "access_key_secret": "other-secret"},
				{"name": "media-eu", "mode": "AK", "access_key_id": "id", "access_key_secret": "secret"}]}
				""");

		assertThat(CredentialsReference.PROFILE.source("media-eu").get())
			.isEqualTo(new Credentials("id", "secret", null));
		assertThatExceptionOfType(CredentialsException.class)
			.isThrownBy(() -> CredentialsReference.PROFILE.source("media-cn").get())
			.withMessageContaining("check credentials: {profile: media-cn}")
			.withMessageContaining("'media-cn'");
	}

	@Test
	void aRoleIsAssumedWithTheKeyOfTheProcess() throws Exception {
		AuthUtils.setEnvironmentAccessKeyId("process");
		AuthUtils.setEnvironmentAccessKeySecret("process-secret");

		CredentialModel key = CredentialsReference.assuming(ROLE).createCredential(this.tokens).value();

		assertThat(key.getSecurityToken()).isEqualTo("token");
		assertThat(this.tokens.asked).containsEntry("Action", "AssumeRole")
			.containsEntry("RoleArn", ROLE)
			.containsEntry("RoleSessionName", "job-audit")
			.containsEntry("AccessKeyId", "process");
	}

	@Test
	void aRoleIsAssumedWithTheIdentityOfThePod() throws Exception {
		AuthUtils.setEnvironmentOIDCProviderArn("acs:ram::1:oidc-provider/ack");
		AuthUtils
			.setEnvironmentOIDCTokenFilePath(Files.writeString(this.directory.resolve("token"), "identity").toString());

		CredentialModel key = CredentialsReference.assumingByPod(ROLE).createCredential(this.tokens).value();

		assertThat(key.getSecurityToken()).isEqualTo("token");
		assertThat(this.tokens.asked).containsEntry("Action", "AssumeRoleWithOIDC")
			.containsEntry("RoleArn", ROLE)
			.containsEntry("OIDCProviderArn", "acs:ram::1:oidc-provider/ack")
			.containsEntry("OIDCToken", "identity")
			.containsEntry("RoleSessionName", "job-audit");
	}

	@Test
	void aPodWithoutAnIdentityIsSaid() {
		assertThatExceptionOfType(CredentialsException.class)
			.isThrownBy(() -> CredentialsReference.OIDC.source(ROLE).get())
			.withMessageContaining("check credentials: {oidc: " + ROLE + "}")
			.withMessageContaining("ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
	}

	/** Gives a key for whatever it is asked. */
	private static final class TokenService extends CompatibleUrlConnClient {

		private final Map<String, @Nullable String> asked = new HashMap<>();

		@Override
		public HttpResponse syncInvoke(HttpRequest request) {
			this.asked.putAll(request.getUrlParameters());
			if (request.getHttpContent() != null) {
				String form = new String(request.getHttpContent(), StandardCharsets.UTF_8);
				for (String field : form.split("&")) {
					this.asked.put(field.split("=")[0], URLDecoder.decode(field.split("=")[1], StandardCharsets.UTF_8));
				}
			}
			HttpResponse response = new HttpResponse("https://sts.example");
			response.setResponseCode(200);
			response.setHttpContent(
					"""
							{"RequestId": "R", "Credentials": {"AccessKeyId": "STS.id", "AccessKeySecret": "s", "SecurityToken": "token",
							"Expiration": "2030-01-01T00:00:00Z"}}
							"""
						.getBytes(StandardCharsets.UTF_8),
					"UTF-8", null);
			return response;
		}

	}

}
