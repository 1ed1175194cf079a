package dev.ferrule.tests.support;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** Deployments: a bean archive of the named classes, on a transport. */
public final class Archives {
    private Archives() {}

    /** Annotated discovery, in memory. */
    public static JavaArchive inMemory(Class<?>... classes) {
        return discovered("annotated", classes).addClass(InMemory.class);
    }

    /** Annotated discovery, on a free port. */
    public static JavaArchive onPort(Class<?>... classes) {
        return discovered("annotated", classes).addClass(OnPort.class);
    }

    /** A discovery mode, and no settings. */
    public static JavaArchive discovered(String mode, Class<?>... classes) {
        return ShrinkWrap.create(JavaArchive.class)
                .addClasses(classes)
                .addAsManifestResource(new StringAsset(beansXml(mode, "")), "beans.xml");
    }

    /** A {@code beans.xml}. */
    public static String beansXml(String mode, String content) {
        return "<beans xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.0' bean-discovery-mode='" + mode + "'>"
                + content + "</beans>";
    }
}
