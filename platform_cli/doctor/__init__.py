"""Is this machine, installation and project fit to work with?"""
