package io.jobaudit.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import picocli.CommandLine.IVersionProvider;

/** The version that the build recorded. */
public final class Version implements IVersionProvider {

	@Override
	public String[] getVersion() {
		return new String[] { "job-audit " + current() };
	}

	public static String current() {
		Properties build = new Properties();
		try (InputStream in = Version.class.getResourceAsStream("/META-INF/build-info.properties")) {
			if (in != null) {
				build.load(in);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the version cannot be read", ex);
		}
		return build.getProperty("build.version", "unknown");
	}

}
