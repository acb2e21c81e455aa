package io.jobaudit.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import picocli.CommandLine.IVersionProvider;

/** The version that the build recorded. */
public final class Version implements IVersionProvider {

	@Override
	public String[] getVersion() throws IOException {
		return new String[] { "job-audit " + current() };
	}

	public static String current() throws IOException {
		Properties build = new Properties();
		try (InputStream in = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
			if (in != null) {
				build.load(in);
			}
		}
		return build.getProperty("build.version", "unknown");
	}

}
