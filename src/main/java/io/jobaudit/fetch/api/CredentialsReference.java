package io.jobaudit.fetch.api;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.function.UnaryOperator;

import com.aliyun.credentials.Client;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.CLIProfileCredentialsProvider;
import com.aliyun.credentials.provider.DefaultCredentialsProvider;
import com.aliyun.credentials.provider.OIDCRoleArnCredentialProvider;
import com.aliyun.credentials.provider.RamRoleArnCredentialProvider;
import io.jobaudit.fetch.api.VendorCredentials.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Where the access key of an account is kept. A file of accounts contains this reference,
 * never the key.
 */
public enum CredentialsReference {

	/** Variables of the environment whose names begin with a prefix. */
	ENVIRONMENT {

		@Override
		Origin origin(String prefix) {
			return () -> key((name) -> System.getenv(prefix + name), prefix);
		}

	},

	/** A profile of the vendor's command line, {@code ~/.aliyun/config.json}. */
	PROFILE {

		@Override
		Origin origin(String profile) {
			return new Client(CLIProfileCredentialsProvider.builder().profileName(profile).build())::getCredential;
		}

	},

	/** A role that the key of the process may assume. */
	ROLE_ARN {

		@Override
		Origin origin(String role) {
			return new Client(assuming(role))::getCredential;
		}

	},

	/** A role that the identity of a pod may assume. */
	OIDC {

		@Override
		Origin origin(String role) {
			return new Client(assumingByPod(role))::getCredential;
		}

	},

	/** A file with the variables of the environment, one a line. */
	FILE {

		@Override
		Origin origin(String file) {
			return () -> {
				Properties values = new Properties();
				try (Reader reader = Files.newBufferedReader(Path.of(file))) {
					values.load(reader);
				}
				catch (IOException ex) {
					throw new UncheckedIOException("cannot read " + ex.getMessage(), ex);
				}
				return key(values::getProperty, "");
			};
		}

	};

	/** Name of our sessions in the vendor's event log. */
	private static final String SESSION = "job-audit";

	/** The key of a reference, read when it is needed. */
	public CredentialsSource source(String reference) {
		return new VendorCredentials(() -> origin(reference), "check credentials: {%s: %s}".formatted(this, reference));
	}

	abstract Origin origin(String reference);

	static RamRoleArnCredentialProvider assuming(String role) {
		return RamRoleArnCredentialProvider.builder()
			.credentialsProvider(DefaultCredentialsProvider.builder().build())
			.roleArn(role)
			.roleSessionName(SESSION)
			.build();
	}

	static OIDCRoleArnCredentialProvider assumingByPod(String role) {
		return OIDCRoleArnCredentialProvider.builder().roleArn(role).roleSessionName(SESSION).build();
	}

	private static CredentialModel key(UnaryOperator<@Nullable String> variables, String prefix) {
		return CredentialModel.builder()
			.accessKeyId(require(variables, prefix, "ALIBABA_CLOUD_ACCESS_KEY_ID"))
			.accessKeySecret(require(variables, prefix, "ALIBABA_CLOUD_ACCESS_KEY_SECRET"))
			.securityToken(variables.apply("ALIBABA_CLOUD_SECURITY_TOKEN"))
			.build();
	}

	private static String require(UnaryOperator<@Nullable String> variables, String prefix, String name) {
		String value = variables.apply(name);
		if (value == null || value.isBlank()) {
			throw new IllegalStateException(prefix + name + " is not set");
		}
		return value.strip();
	}

	/** Its name in a file of accounts. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
