package io.jobaudit.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import picocli.CommandLine.IVersionProvider;

/**
 * The version that the build recorded. The time of a build is that of its commit, so that
 * two builds of a commit are the same.
 */
public final class Version implements IVersionProvider {

	@Override
	public String[] getVersion() {
		Properties git = recorded("/git.properties");
		String commit = git.getProperty("git.commit.id.abbrev", "");
		String changes = Boolean.parseBoolean(git.getProperty("git.dirty")) ? " with changes" : "";
		String time = git.getProperty("git.commit.time", build("time"));
		return new String[] { "job-audit %s (%sbuild %s)".formatted(current(),
				commit.isEmpty() ? "" : "commit " + commit + changes + ", ", time) };
	}

	public static String current() {
		return build("version");
	}

	private static String build(String name) {
		return recorded("/META-INF/build-info.properties").getProperty("build." + name, "unknown");
	}

	private static Properties recorded(String resource) {
		Properties properties = new Properties();
		try (InputStream in = Version.class.getResourceAsStream(resource)) {
			if (in != null) {
				properties.load(in);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the version cannot be read", ex);
		}
		return properties;
	}

}
